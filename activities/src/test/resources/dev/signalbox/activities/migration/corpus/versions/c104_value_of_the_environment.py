"""Value of the environment

Revision ID: c104
Author: corpus
"""

# expected class: unknown

import os
import sqlalchemy as sa
from alembic import op

revision = 'c104'
down_revision = 'c103'

PREFIX = os.environ.get("TABLE_PREFIX", "")


def prefix():
    return PREFIX


def upgrade():
    op.execute(f"CREATE TABLE {prefix()}slots (id int)")


def downgrade():
    op.execute("select 1")
