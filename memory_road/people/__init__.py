"""The people of the desk, as an administrator keeps them: roles, scope, invitations, suspension, a record of it."""
