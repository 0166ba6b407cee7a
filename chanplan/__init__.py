"""chanplan: a channel-sales workbench on DuckDB and Streamlit."""

__version__ = "0.1.0"
