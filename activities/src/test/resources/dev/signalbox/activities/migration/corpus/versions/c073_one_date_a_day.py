"""Unique over the day's date

Revision ID: c073
Author: corpus
"""

# expected class: contract

import sqlalchemy as sa
from alembic import op

revision = 'c073'
down_revision = 'c072'


def upgrade():
    op.execute("ALTER TABLE orders ADD day date DEFAULT CURRENT_DATE NOT NULL")
    op.execute("ALTER TABLE orders ADD UNIQUE (day)")


def downgrade():
    op.execute("select 1")
