"""Goes by the dialect

Revision ID: c094
Author: corpus
"""

# expected class: expand

import sqlalchemy as sa
from alembic import op

revision = 'c094'
down_revision = 'c093'


def upgrade():
    op.add_column("users", sa.Column("heard", sa.DateTime))
    if op.get_context().dialect.name == "postgresql":
        op.execute("CREATE INDEX ix_heard ON users (heard)")


def downgrade():
    op.execute("select 1")
