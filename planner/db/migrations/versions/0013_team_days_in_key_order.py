"""Columns of team-days in the order of their key, as SQLite stores them.

SQLite 3.40 (Debian 12) finds NULLs that are not there in a table without row ids whose columns
stand in another order, so that `planner db check` called every database unsound.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":
        return
    op.create_table(
        "team_day_in_order",
        sa.Column("estate_id", sa.String(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("present", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["estate_id"], ["estate.id"], name="fk_team_day_estate_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("estate_id", "date", "team", name="pk_team_day"),
        sqlite_with_rowid=False,
    )
    op.execute(
        "INSERT INTO team_day_in_order (estate_id, date, team, present) "
        "SELECT estate_id, date, team, present FROM team_day ORDER BY estate_id, date, team"
    )
    op.drop_table("team_day")
    op.rename_table("team_day_in_order", "team_day")


def downgrade() -> None:
    """Leave the columns: their order means nothing to the program before."""
