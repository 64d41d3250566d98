"""Batch

Revision ID: c037
Author: corpus
"""

# expected class: contract

import sqlalchemy as sa
from alembic import op

revision = 'c037'
down_revision = 'c036'


def upgrade():
    with op.batch_alter_table("users") as batch_op:
        batch_op.drop_column("plan")


def downgrade():
    op.add_column("users", sa.Column("plan", sa.String(10)))
