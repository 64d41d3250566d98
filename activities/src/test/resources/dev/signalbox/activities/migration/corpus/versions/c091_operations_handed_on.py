"""Operations handed on

Revision ID: c091
Author: corpus
"""

# expected class: unknown

import sqlalchemy as sa
from alembic import op

revision = 'c091'
down_revision = 'c090'


def upgrade():
    op.get_bind().exec_driver_sql("SELECT 1").scalar_one()
    list(map(op.drop_table, ["users"]))


def downgrade():
    op.execute("select 1")
