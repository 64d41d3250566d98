"""Narrow

Revision ID: c015
Author: corpus
"""

# expected class: contract

import sqlalchemy as sa
from alembic import op

revision = 'c015'
down_revision = 'c014'


def upgrade():
    op.alter_column("orders", "note", type_=sa.String(20))


def downgrade():
    op.alter_column("orders", "note", type_=sa.String(50))
