"""Unique over what former code writes

Revision ID: c070
Author: corpus
"""

# expected class: contract

import sqlalchemy as sa
from alembic import op

revision = 'c070'
down_revision = 'c069'


def upgrade():
    op.execute("ALTER TABLE users ADD l text GENERATED ALWAYS AS (lower(email)) STORED")
    op.execute("CREATE UNIQUE INDEX ON users (l)")


def downgrade():
    op.execute("select 1")
