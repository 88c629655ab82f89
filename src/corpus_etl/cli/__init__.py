"""The command line, `corpus-etl`: one module per command."""
