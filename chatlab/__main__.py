"""`python -m chatlab`: la orden `chatlab` sin instalar nada."""

from chatlab.cli import principal

principal()
