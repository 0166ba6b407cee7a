"""Files into the store, one or many: written down, then loaded in one commit; and on replay."""

from chanplan.workspace.loading.loading import Loading
from chanplan.workspace.loading.trying import Trying

__all__ = ["Loading", "Trying"]
