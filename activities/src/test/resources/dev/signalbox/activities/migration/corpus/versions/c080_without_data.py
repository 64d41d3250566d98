"""A view loses its rows

Revision ID: c080
Author: corpus
"""

# expected class: contract

import sqlalchemy as sa
from alembic import op

revision = 'c080'
down_revision = 'c079'


def upgrade():
    op.execute("REFRESH MATERIALIZED VIEW stats WITH NO DATA")


def downgrade():
    op.execute("select 1")
