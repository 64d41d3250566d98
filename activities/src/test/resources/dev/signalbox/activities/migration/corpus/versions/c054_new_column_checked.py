"""A check on a new column that null passes

Revision ID: c054
Author: corpus
"""

# expected class: expand

import sqlalchemy as sa
from alembic import op

revision = 'c054'
down_revision = 'c053'


def upgrade():
    op.add_column("orders", sa.Column("code", sa.Text))
    op.execute("alter table orders add constraint ck_code check (length(code) < 9)")


def downgrade():
    op.execute("select 1")
