"""Emptying a new table empties what refers to it

Revision ID: c068
Author: corpus
"""

# expected class: contract

import sqlalchemy as sa
from alembic import op

revision = 'c068'
down_revision = 'c067'


def upgrade():
    op.execute("CREATE TABLE shops (id int primary key)")
    op.execute("ALTER TABLE orders ADD shop_id int REFERENCES shops")
    op.execute("TRUNCATE shops CASCADE")


def downgrade():
    op.execute("select 1")
