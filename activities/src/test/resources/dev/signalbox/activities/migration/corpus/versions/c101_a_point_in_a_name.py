"""A name with a point in it

Revision ID: c101
Author: corpus
"""

# expected class: contract

import sqlalchemy as sa
from alembic import op

revision = 'c101'
down_revision = 'c100'


def upgrade():
    op.execute('CREATE TABLE "public.orders" (id int)')
    op.execute('DROP TABLE public.orders')


def downgrade():
    op.execute("select 1")
