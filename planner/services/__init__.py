"""What people do with the planner, one use case a function; the transaction lives here.

Every function takes the store and, but for signing in, the actor; every refusal is one of
`planner.errors`. What belongs to another owner is not found.
"""
