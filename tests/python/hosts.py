"""How tests run a session: in a host with a viewer, or started by hand."""

from compneurovis._core import testing


def host(source, **options):
    """A host, stepped by the test, with one viewer; `options` are those of `testing.Host`."""
    made = testing.Host(source, **options)
    made.add_viewer()
    return made


def started(session_class, **options):
    """A session that has been initialised."""
    session = session_class(**options)
    session.initialize()
    return session
