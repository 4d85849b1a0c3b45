"""The logo and colour that an owner puts on documents."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "brand",
        sa.Column("owner_id", sa.String(), nullable=False),
        sa.Column("colour", sa.String(), nullable=False),
        sa.Column("logo", sa.LargeBinary(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["owner.id"], name="fk_brand_owner_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("owner_id", name="pk_brand"),
    )


def downgrade() -> None:
    op.drop_table("brand")
