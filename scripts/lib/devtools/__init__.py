"""The commands in ``scripts/``.

Until the project's virtual environment is there, any Python from 3.9 on runs this package, with its standard library
alone: what is imported before :func:`devtools.commands.run` must not need more than that.
"""
