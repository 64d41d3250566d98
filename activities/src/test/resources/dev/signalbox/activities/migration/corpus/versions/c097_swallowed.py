"""An error that is swallowed

Revision ID: c097
Author: corpus
"""

# expected class: unknown

import contextlib
import sqlalchemy as sa
from alembic import op

revision = 'c097'
down_revision = 'c096'


def upgrade():
    op.add_column("users", sa.Column("at", sa.DateTime))
    with contextlib.suppress(Exception):
        op.execute("CREATE TABLE swallowed (id int)")


def downgrade():
    op.execute("select 1")
