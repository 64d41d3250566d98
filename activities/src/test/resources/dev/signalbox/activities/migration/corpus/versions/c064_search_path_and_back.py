"""The path goes there and back

Revision ID: c064
Author: corpus
"""

# expected class: contract

import sqlalchemy as sa
from alembic import op

revision = 'c064'
down_revision = 'c063'


def upgrade():
    op.execute("SET LOCAL search_path TO audit")
    op.execute("CREATE TABLE log (id int)")
    op.execute("SET LOCAL search_path TO public")
    op.execute("DELETE FROM log")


def downgrade():
    op.execute("select 1")
