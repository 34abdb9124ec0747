"""One event loop for all tests with a browser: its driver lives there, and is started once."""

import pytest
import pytest_asyncio

BROWSER = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
"""The marks of a module whose tests meet a browser."""

fixture = pytest_asyncio.fixture(loop_scope="session")
"""Marks an asynchronous fixture of these tests."""
