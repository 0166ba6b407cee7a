"""The floor of `painting.py`: a page's figures drawn by one plain Streamlit script."""

import json
import os
from pathlib import Path

import duckdb  # noqa: F401 - chanplan imports these, too
import filelock  # noqa: F401
import openpyxl  # noqa: F401
import pandas as pd
import plotly.graph_objects as go
import pyarrow  # noqa: F401
import streamlit as st
import xlsxwriter  # noqa: F401

st.set_page_config(layout="wide")
told = json.loads(Path(os.environ["CHANPLAN_DRAWN"]).read_text("utf-8"))
with st.sidebar:
    chosen = st.multiselect("channel", list(told["narrowed"]), key="channel")
drawn = told["narrowed"][chosen[0]] if chosen else told["whole"]
st.title("chanplan")
for heading in drawn["headings"]:
    st.header(heading)
for text in drawn["texts"]:
    st.markdown(text)
if drawn["cards"]:
    for column, card in zip([*st.columns(4), *st.columns(4)], drawn["cards"], strict=False):
        column.metric(**card, chart_data=[1.0, 3.0, 2.0, 4.0] * 3, border=True)
for key, chart in zip(told["charts"], drawn["charts"], strict=True):
    st.plotly_chart(go.Figure(chart), key=key)
for table in drawn["tables"]:
    st.dataframe(pd.DataFrame(table), hide_index=True)
