"""Code of another module is called back

Revision ID: c103
Author: corpus
"""

# expected class: unknown

import contextlib
import sqlalchemy as sa
from alembic import op

revision = 'c103'
down_revision = 'c102'


def upgrade():
    op.get_bind().exec_driver_sql("SELECT 1").scalar_one()
    sorted(["users"], key=contextlib.purge)


def downgrade():
    op.execute("select 1")
