# What one does every day. Each recipe is one command that also works without just.

# load the records of this checkout and ask for one system
start:
    python3 start.py

# run the tests; words go to pytest
test *words:
    python3 start.py test {{ words }}

# style, types, layers
lint:
    .venv/bin/ruff check .
    .venv/bin/mypy
    .venv/bin/lint-imports

# check the records against their articles, and that no sentence was passed over
check:
    .venv/bin/transfers check --coverage --strict

# write again what is made in README.md and docs/
docs:
    .venv/bin/python docs/make/pages.py

# compare with other tools, in one run
bench:
    .venv/bin/python benchmarks/measure.py
    .venv/bin/python benchmarks/measure_site.py

# take the newest versions that fit into constraints.txt
lock:
    python3 -m venv --clear .lock
    .lock/bin/python -m pip install --quiet --upgrade hatchling editables setuptools -e '.[dev]'
    (head -n 1 constraints.txt; .lock/bin/python -m pip freeze --all --exclude-editable --exclude pip | sort -f) > .lock/constraints.txt
    mv .lock/constraints.txt constraints.txt
    rm -r .lock

# all that must hold before a change is shared
ci:
    bash .ci/run
