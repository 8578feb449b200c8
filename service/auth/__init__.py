"""Who may do what: every route states its policy, and the doors keep to it."""
