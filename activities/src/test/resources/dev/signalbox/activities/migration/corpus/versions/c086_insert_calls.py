"""Rows by a function

Revision ID: c086
Author: corpus
"""

# expected class: unknown

import sqlalchemy as sa
from alembic import op

revision = 'c086'
down_revision = 'c085'


def upgrade():
    op.execute("INSERT INTO jobs SELECT one()")


def downgrade():
    op.execute("select 1")
