"""Software with which a neighbourhood runs its own economy and public life."""

__version__ = "0.1.0"
