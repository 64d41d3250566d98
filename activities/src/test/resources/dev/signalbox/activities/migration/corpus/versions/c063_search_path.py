"""A table made elsewhere, and one of the same name dropped here

Revision ID: c063
Author: corpus
"""

# expected class: contract

import sqlalchemy as sa
from alembic import op

revision = 'c063'
down_revision = 'c062'


def upgrade():
    op.execute("SET search_path TO audit")
    op.execute("CREATE TABLE jobs (id int)")
    op.execute("DROP TABLE public.jobs")


def downgrade():
    op.execute("select 1")
