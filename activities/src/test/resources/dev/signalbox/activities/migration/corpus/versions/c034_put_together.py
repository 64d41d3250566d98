"""Rendered, it is SQL as any other

Revision ID: c034
Author: corpus
"""

# expected class: contract

import sqlalchemy as sa
from alembic import op

revision = 'c034'
down_revision = 'c033'


def upgrade():
    table = "orders"
    op.execute(f"ALTER TABLE {table} DROP COLUMN note")


def downgrade():
    op.add_column("orders", sa.Column("note", sa.Text))
