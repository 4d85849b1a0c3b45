"""Files that workers take in: their bytes, what was read of them, runs without an estate."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("run") as run:
        run.alter_column("estate_id", existing_type=sa.String(), nullable=True)
    op.create_table(
        "upload",
        sa.Column("owner_id", sa.String(), nullable=False),
        sa.Column("run_id", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["owner.id"], name="fk_upload_owner_id_owner", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["run.id"], name="fk_upload_run_id_run", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("run_id", name="pk_upload"),
    )
    op.create_index("ix_upload_owner_id", "upload", ["owner_id"], unique=False)
    op.add_column("day_file", sa.Column("look", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    op.drop_column("day_file", "look")
    op.drop_table("upload")
    op.execute("DELETE FROM run WHERE estate_id IS NULL")
    with op.batch_alter_table("run") as run:
        run.alter_column("estate_id", existing_type=sa.String(), nullable=False)
