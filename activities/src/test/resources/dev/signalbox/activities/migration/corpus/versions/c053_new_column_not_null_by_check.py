"""Not null by a check on a new column

Revision ID: c053
Author: corpus
"""

# expected class: contract

import sqlalchemy as sa
from alembic import op

revision = 'c053'
down_revision = 'c049'


def upgrade():
    op.add_column("orders", sa.Column("shop", sa.Text))
    op.execute("alter table orders add constraint ck_shop check (shop is not null) not valid")


def downgrade():
    op.execute("select 1")
