"""A new table that refers to an old one, and is emptied

Revision ID: c099
Author: corpus
"""

# expected class: expand

import sqlalchemy as sa
from alembic import op

revision = 'c099'
down_revision = 'c098'


def upgrade():
    op.execute("CREATE TABLE lines (id int, order_id int REFERENCES orders (id))")
    op.execute("TRUNCATE lines")


def downgrade():
    op.execute("select 1")
