"""Nullable column

Revision ID: c002
Author: corpus
"""

# expected class: expand

import sqlalchemy as sa
from alembic import op

revision = 'c002'
down_revision = 'c001'


def upgrade():
    op.add_column("users", sa.Column("city", sa.String(50)))


def downgrade():
    op.drop_column("users", "city")
