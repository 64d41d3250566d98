"""Truncate

Revision ID: c032
Author: corpus
"""

# expected class: contract

import sqlalchemy as sa
from alembic import op

revision = 'c032'
down_revision = 'c031'


def upgrade():
    op.execute("TRUNCATE orders")


def downgrade():
    op.execute("SELECT 1")
