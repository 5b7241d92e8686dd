"""One update, from the new delivery to the exchanged rows."""

from __future__ import annotations

import os
import tempfile
from functools import partial
from pathlib import Path

import duckdb

from scripts.load import load_delivery, quoted, read_contract
from scripts.update import FullBuildNeeded, UpdateError
from scripts.update import changes
from scripts.update.merge import Exchanged, exchange, is_raw_changed
from scripts.update.models import MEMORY, NARROWED, Model, Part, Project, parts, scope, warehouse_columns

PERSON_PARTS = (Part.PERSONS, Part.PERSON_MONTHS)


class Update:
    """The update of one warehouse: a database in memory with the warehouse and the new delivery attached.

    Besides the schemas of the project the memory has `whole` (tables as they will be, and staging over the whole delivery),
    `dirty` (rows of the dirty months), `clipped`, `live` and `history` (what a few models see of others), `before` and
    `after` (what KL's views see of the changed persons in the old and the new warehouse), `changes`, and `stale` (rows to be
    exchanged).
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, models: dict[str, Model]):
        self.connection = connection
        self.models = models
        self.columns = warehouse_columns(connection)
        missing = [name for name in models if name not in self.columns]
        if missing:
            raise FullBuildNeeded(f"the warehouse has no {missing[0]}")
        self.parts = parts(models, self.columns)
        for schema in ("raw", "rules", "staging", "intermediate", "marts", "whole", "dirty", "clipped", "live", "history", "before", "after", "changes", "stale"):
            connection.execute(f"create schema if not exists {schema}")

    # --- Names behind which the models find their rows -----------------------------------------------------------------

    def copy_rules(self) -> None:
        """The seeds with their code types, and the tables that depend on them alone."""
        types = self.connection.execute(
            "select type_name, labels from duckdb_types() "
            "where database_name = 'warehouse' and schema_name = 'rules' and logical_type = 'ENUM'"
        ).fetchall()
        for name, labels in types:
            self.connection.execute(f"create type rules.{name} as enum ({', '.join(map(quoted, labels))})")
        names = {self.value(f"select typeof(cast(null as rules.{name}))"): f"rules.{name}" for name, _ in types}
        self.columns = {
            table: {column: names.get(kind, kind) for column, kind in columns.items()} for table, columns in self.columns.items()
        }
        seeds = self.connection.execute(
            "select table_name from duckdb_tables() where database_name = 'warehouse' and schema_name = 'rules'"
        ).fetchall()
        for (seed,) in seeds:
            self.connection.execute(f"create table rules.{seed} as from warehouse.rules.{seed}")
        for name, part in self.parts.items():
            model = self.models[name]
            if part == Part.SEEDS_ONLY and model.is_view:
                self.connection.execute(f"create view {model.relation} as {model.sql}")
            elif part == Part.SEEDS_ONLY:
                self.connection.execute(f"create table {model.relation} as from warehouse.{model.table}")

    def stage(self, database: str, schema: str) -> None:
        """The staging views over the raw tables of a database, in a schema."""
        for model in self.models.values():
            if model.schema == "staging":
                sql = model.sql.replace(f'{MEMORY}"raw".', f'"{database}"."raw".')
                self.connection.execute(f'create view {schema}.{model.name} as {sql}')

    def inputs(self, name: str) -> dict[str, str]:
        """Where a model finds what it reads, by relation name, as far as that is not the name itself."""
        model, part = self.models[name], self.parts[name]
        found = {}
        for up in model.reads:
            read, read_part = self.models[up], self.parts[up]
            if part == Part.WHOLE and read_part != Part.SEEDS_ONLY and (read.schema == "staging" or read_part != Part.WHOLE):
                found[read.relation] = f"whole.{up}"
            elif part == Part.MONTHS and read_part == Part.PERSON_MONTHS:
                found[read.relation] = f"dirty.{up}"
            elif part == Part.MONTHS and (read_part == Part.PERSONS or up == "int_months"):
                found[read.relation] = f"whole.{up}" if read.schema == "staging" else f"dirty.{up}"
            elif (name, up) in NARROWED:
                found[read.relation] = f"{NARROWED[name, up]}.{up}"
        return found

    def sql_of(self, name: str, inputs: dict[str, str]) -> str:
        """The SQL of a model reading from other relations."""
        sql = self.models[name].sql
        for relation, replacement in inputs.items():
            sql = sql.replace(relation, replacement)
        return sql

    def make(self, *names: str) -> None:
        """Make models in memory, each with the columns its table has in the warehouse."""
        for name in names:
            model = self.models[name]
            inputs = self.inputs(name)
            for relation, replacement in inputs.items():
                if replacement.startswith("whole.") and not self.exists(replacement):
                    self.connection.execute(f"create view {replacement} as {self.new_table(replacement.removeprefix('whole.'))}")
            sql = self.sql_of(name, inputs)
            if model.is_view:
                self.connection.execute(f"create view {model.relation} as {sql}")
                continue
            columns = ", ".join(f'cast(t."{column}" as {kind}) as "{column}"' for column, kind in self.columns[name].items())
            part = self.parts[name]
            in_scope = scope(part, self.columns[name]) if part in (Part.PERSON_MONTHS, Part.MONTHS) else ""
            self.connection.execute(f"create table {model.relation} as select {columns} from ({sql}) as t {in_scope}")

    def make_part(self, *wanted: Part) -> None:
        """Make every model of these parts that is not made yet."""
        made = self.made()
        self.make(*(name for name, part in self.parts.items() if part in wanted and name not in made))

    def exists(self, relation: str) -> bool:
        """Whether a relation (schema.name) stands in memory."""
        schema, name = relation.split(".")
        return bool(
            self.value(
                "select count(*) from duckdb_columns() "
                f"where database_name = 'memory' and schema_name = '{schema}' and table_name = '{name}'"
            )
        )

    def made(self) -> set[str]:
        """The models that stand in memory."""
        rows = self.connection.execute(
            "select table_name from (select database_name, schema_name, table_name from duckdb_tables() union all "
            "select database_name, schema_name, view_name from duckdb_views()) "
            "where database_name = 'memory' and schema_name in ('staging', 'intermediate', 'marts')"
        ).fetchall()
        return {name for (name,) in rows}

    def make_up_to(self, name: str) -> None:
        """Make a model and whatever it needs that is not made yet."""
        needed = {name}
        for other in reversed(list(self.models)):
            if other in needed:
                needed.update(self.models[other].reads)
        made = self.made()
        self.make(*(other for other in self.models if other in needed and other not in made))

    def stale_rows(self, name: str) -> str:
        """The relation with the row_id of the warehouse's rows that are in scope of the update; made when first asked for."""
        relation = f"stale.{name}"
        if not self.exists(relation):
            in_scope = scope(self.parts[name], self.columns[name])
            self.connection.execute(
                f"create table {relation} as select t.rowid as row_id from warehouse.{self.models[name].table} as t {in_scope}"
            )
        return relation

    def old_rows(self, name: str) -> str:
        """SQL of the warehouse's rows of a table that are in scope of the update."""
        columns = ", ".join(f't."{column}"' for column in self.columns[name])
        table = self.models[name].table
        return f"select {columns} from warehouse.{table} as t semi join {self.stale_rows(name)} as s on t.rowid = s.row_id"

    def new_table(self, name: str) -> str:
        """SQL of a table as it will be: the warehouse's rows that stay, and the rows made."""
        columns = ", ".join(f't."{column}"' for column in self.columns[name])
        model = self.models[name]
        stays = f"select {columns} from warehouse.{model.table} as t anti join {self.stale_rows(name)} as s on t.rowid = s.row_id"
        return f"{stays} union all {self.made_rows(name)}"

    def made_rows(self, name: str) -> str:
        """SQL of the rows made in memory that are in scope of the update."""
        columns = ", ".join(f't."{column}"' for column in self.columns[name])
        in_scope = scope(self.parts[name], self.columns[name]) if self.parts[name] == Part.PERSONS else ""
        return f"select {columns} from {self.models[name].relation} as t {in_scope}"

    # --- The steps -----------------------------------------------------------------------------------------------------

    def settle_dates(self) -> changes.Days:
        """Make the as-of date and the months to measure. Raises FullBuildNeeded when an update cannot follow them."""
        self.stage("delivery", "whole")
        self.make("int_as_of")
        days = changes.Days(
            self.value("select as_of_date from warehouse.intermediate.int_as_of"),
            self.value("select as_of_date from intermediate.int_as_of"),
        )
        if days.old is None or days.new is None:
            raise FullBuildNeeded("a delivery without a date cannot be updated")
        if days.new < days.old:
            raise FullBuildNeeded(f"the as-of date moves back, from {days.old} to {days.new}")
        self.connection.execute("create view whole.int_benefit_intervals as from warehouse.intermediate.int_benefit_intervals")
        self.make("int_months")
        self.connection.execute("drop view whole.int_benefit_intervals")
        months = "select min(measure_month), max(measure_month) from {}.intermediate.int_months"
        old, new = (self.connection.execute(months.format(database)).fetchone() for database in ("warehouse", "memory"))
        if old[0] is None or old[0] != new[0] or new[1] < old[1]:
            raise FullBuildNeeded("the first measured month moves, or the last moves back")
        return days

    def check_first_month(self) -> None:
        """Raises FullBuildNeeded when the changed persons' benefit days move the first measured month."""
        self.connection.execute(f"create view whole.int_benefit_intervals as {self.new_table('int_benefit_intervals')}")
        sql = self.sql_of("int_months", self.inputs("int_months"))
        moved = self.value(f"select count(*) from (from ({sql}) except from intermediate.int_months)")
        moved += self.value(f"select count(*) from (from intermediate.int_months except from ({sql}))")
        if moved:
            raise FullBuildNeeded("the first measured month moves")

    def find_persons(self, days: changes.Days) -> None:
        """Fill changes.persons, and put the raw rows of those persons where the staging views look."""
        self.make("int_residence_stretches", "int_visitation_stretches")
        changes.find_changes(self.connection, days)
        changes.add_newly_measured(self.connection)
        per_person = {table.name for table in changes.person_tables()}
        for table in read_contract().tables:
            condition = "where hash(person_id) in (select person_key from changes.persons)" if table.name in per_person else ""
            self.connection.execute(f"create table raw.{table.name} as from delivery.raw.{table.name} {condition}")
        for name in ("quarantined_rows", "load_log"):
            self.connection.execute(f"create view raw.{name} as from delivery.raw.{name}")
        self.stage("memory", "staging")

    def measure_persons(self) -> None:
        """Make everything about the changed persons, months from each person's first month on."""
        self.make_up_to("int_persons")
        self.make_up_to("int_spells")
        changes.set_first_months(self.connection)
        self.connection.execute(
            """
            create table changes.spells as
            with spells as (
                select * from warehouse.intermediate.int_spells
                union all
                select * from memory.intermediate.int_spells
            ),

            persons as (
                select person_key, person_id from warehouse.intermediate.int_persons
                union
                select person_key, person_id from memory.intermediate.int_persons
            )

            select
                spells.spell_key,
                any_value(concat_ws('-', spells.benefit_group, persons.person_id, spells.first_day)) as spell_id,
                any_value(changed.first_month) as first_month
            from spells
            inner join changes.persons as changed using (person_key)
            inner join persons using (person_key)
            group by spells.spell_key
            having max(spells.end_date >= changed.first_month)
            """
        )
        self.connection.execute(
            "create view live.int_spells as from intermediate.int_spells semi join changes.spells using (spell_key)"
        )
        self.connection.execute(
            "create table changes.offers as select tilbud_id as offer_id from raw.plan_tilbud union select tilbud_id "
            "from warehouse.raw.plan_tilbud where hash(person_id) in (select person_key from changes.persons)"
        )
        self.check_first_month()
        self.clip("int_spell_benefit_days")
        self.clip("int_kl_member_days")
        columns = ", ".join(self.columns["int_measured_months"])
        self.make_up_to("int_measured_months")
        self.connection.execute(
            f"""
            create table history.int_measured_months as
            select {columns} from intermediate.int_measured_months
            union all
            select {columns} from warehouse.intermediate.int_measured_months as t
            inner join changes.spells as c using (spell_key)
            where t.measure_month < c.first_month
            """
        )
        self.make_part(*PERSON_PARTS)

    def clip(self, name: str) -> None:
        """A table of periods without what lies before the month before each person's first month.

        One month more than needed, so that no two periods begin on the same day because of the clipping.
        """
        self.make_up_to(name)
        self.connection.execute(f"create view clipped.{name} as {self.clipped(name, 'memory')}")

    def clipped(self, name: str, database: str) -> str:
        """SQL of a clipped table in a database."""
        return (
            f"select t.* replace (greatest(t.start_date, p.first_month - 1) as start_date) "
            f"from {database}.intermediate.{name} as t inner join changes.persons as p using (person_key) "
            f"where t.end_date >= p.first_month - 1"
        )

    def find_dirty_months(self) -> None:
        """Fill changes.months with the months that some area may count differently: those measured now for the first time,
        those in which the rows of a changed person differ, and those whose population or clusters differ."""
        self.connection.execute(
            """
            create table changes.months as
            select measure_month from intermediate.int_months
            where measure_month not in (select measure_month from warehouse.intermediate.int_months)
            """
        )
        self.add_months(self.old_rows("int_person_months"), "from intermediate.int_person_months")
        for months_of in (
            partial(self.months_seen, "int_kl_month_rows"), partial(self.months_seen, "int_kl_offer_months"), self.member_months
        ):
            self.add_months(months_of("before"), months_of("after"))
        for table, months_of in (("dst_befolkning", population_months), ("kommune_klynger", cluster_months)):
            if is_raw_changed(self.connection, table):
                self.add_months(months_of("warehouse"), months_of("delivery"))
        self.connection.execute(
            "create or replace table changes.months as select distinct measure_month from changes.months "
            "where measure_month in (select measure_month from intermediate.int_months)"
        )

    def add_months(self, before: str, after: str) -> None:
        """Add to changes.months the months (measure_month) in which two queries give other rows."""
        self.connection.execute(
            f"""
            insert into changes.months
            select distinct measure_month
            from (
                select measure_month, hash(t) as row_hash, 1 as change from ({after}) as t
                union all
                select measure_month, hash(t) as row_hash, -1 as change from ({before}) as t
            )
            group by measure_month, row_hash
            having sum(change) <> 0
            """
        )

    def seen(self, name: str, side: str) -> str:
        """SQL of a view of KL's as the changed persons' rows give it, before or after the update."""
        inputs = {}
        for up in self.models[name].reads:
            if self.parts[up] != Part.SEEDS_ONLY:
                self.show(up, side)
                inputs[self.models[up].relation] = f"{side}.{up}"
        return self.sql_of(name, inputs)

    def show(self, name: str, side: str) -> None:
        """Put a table's rows of the changed persons, before or after the update, where the views of that side look."""
        if self.exists(f"{side}.{name}"):
            return
        model, database = self.models[name], "warehouse" if side == "before" else "memory"
        if name == "int_kl_member_days":
            sql = self.clipped(name, database)
        else:
            rows = model.sql.replace(f'{MEMORY}"raw".', f'"{database}"."raw".') if model.schema == "staging" else f"from {database}.{model.table}"
            key = next((key for key in ("person_key", "spell_key") if key in self.columns[name]), None)
            table = {"person_key": "persons", "spell_key": "spells"}
            sql = f"from ({rows})" + (f" where {key} in (select {key} from changes.{table[key]})" if key else "")
        self.connection.execute(f"create view {side}.{name} as {sql}")

    def months_seen(self, name: str, side: str) -> str:
        """SQL: the rows of such a view with a month, from each changed person's first month on."""
        rows = self.seen(name, side)
        return f"select t.* from ({rows}) as t inner join changes.persons as p using (person_key) where t.measure_month >= p.first_month"

    def member_months(self, side: str) -> str:
        """SQL: the changed persons' months as members of KL's target groups, before or after the update."""
        return f"""
            select
                runs.person_key,
                runs.target_group,
                runs.municipality_code,
                runs.measure_month,
                case when runs.measure_month = runs.first_month then runs.missing_days else 0 end as missing_days
            from (
                select *, cast(unnest(range(first_month, until_month, interval 1 month)) as date) as measure_month
                from ({self.seen("int_kl_member_runs", side)})
            ) as runs
            inner join changes.persons as p using (person_key)
            where runs.measure_month >= p.first_month
        """

    def measure_months(self) -> None:
        """Make everything about the dirty months, and what is made of whole tables."""
        self.connection.execute(
            f"create table dirty.int_person_months as from ({self.new_table('int_person_months')}) "
            "where measure_month in (select measure_month from changes.months)"
        )
        first_dirty = "(select min(measure_month) from changes.months)"
        self.connection.execute(
            f"create view dirty.int_months as from intermediate.int_months where measure_month >= {first_dirty}"
        )
        for name in ("int_kl_member_days", "int_active_offer_periods"):
            self.connection.execute(
                f"create table dirty.{name} as select * replace (greatest(start_date, {first_dirty}) as start_date) "
                f"from ({self.new_table(name)}) where end_date >= {first_dirty}"
            )
        self.connection.execute(
            f"create table dirty.int_counted_conversations as from ({self.new_table('int_counted_conversations')}) "
            "where spell_key in (select spell_key from dirty.int_person_months)"
        )
        self.connection.execute(
            f"create table dirty.int_persons as from ({self.new_table('int_persons')}) "
            "where person_key in (select person_key from dirty.int_kl_member_days)"
        )
        self.make_part(Part.MONTHS, Part.WHOLE)

    def exchange(self) -> dict[str, tuple[int, int]]:
        """Exchange the rows in the warehouse, in one transaction; returns rows out and in by table."""
        tables = {
            model.table: Exchanged(list(self.columns[name]), scope(self.parts[name], self.columns[name]))
            for name, model in self.models.items()
            if self.parts[name] != Part.SEEDS_ONLY and not model.is_view
        }
        raw = [table.name for table in read_contract().tables] + ["quarantined_rows", "load_log"]
        return exchange(self.connection, tables, raw)

    def value(self, query: str):
        """The one value of a query."""
        return self.connection.execute(query).fetchone()[0]


def population_months(database: str) -> str:
    """SQL: what the population of a delivery says about each measured month; without any row it says so of every month."""
    return f"""
        select months.measure_month, population.kommunekode, population.alder, population.antal
        from {database}.raw.dst_befolkning as population
        inner join memory.intermediate.int_months as months
            on population.kvartal = cast(date_trunc('quarter', months.measure_month) as date)
        union all
        select measure_month, null, null, (select count(*) > 0 from {database}.raw.dst_befolkning)::integer
        from memory.intermediate.int_months
    """


def cluster_months(database: str) -> str:
    """SQL: the clusters of a delivery, which hold in every measured month."""
    columns = "clusters.kommunekode, clusters.target_group, clusters.cluster"
    return f"select months.measure_month, {columns} from {database}.raw.kommune_klynger as clusters cross join memory.intermediate.int_months as months"


def update(raw_dir: str | Path, db_path: str | Path, project: Project) -> dict[str, tuple[int, int]]:
    """Bring the warehouse db_path up to date with the delivery in raw_dir; returns rows out and in by table.

    Raises FullBuildNeeded, DeliveryError or UpdateError, and then leaves the warehouse as it was.
    """
    db_path = Path(db_path)
    if not db_path.exists():
        raise FullBuildNeeded(f"there is no warehouse {db_path}")
    check_project(db_path, project)
    with tempfile.TemporaryDirectory(prefix=".update-", dir=db_path.resolve().parent) as scratch:
        delivery = Path(scratch) / "delivery.duckdb"
        load_delivery(raw_dir, delivery)
        try:
            with duckdb.connect() as connection:
                open_databases(connection, db_path, delivery, Path(scratch))
                one = Update(connection, project.models)
                one.copy_rules()
                days = one.settle_dates()
                one.find_persons(days)
                one.measure_persons()
                one.find_dirty_months()
                one.measure_months()
                return one.exchange()
        except duckdb.Error as error:
            raise UpdateError(f"the update failed, the warehouse is as it was: {str(error).splitlines()[0]}") from error


def open_databases(connection: duckdb.DuckDBPyConnection, db_path: Path, delivery: Path, scratch: Path) -> None:
    """Attach the warehouse and the new delivery to a database in memory."""
    connection.execute("set TimeZone = 'UTC'")
    connection.execute("set preserve_insertion_order = false")
    if os.environ.get("FOKUSMAAL_THREADS"):
        connection.execute(f"set threads = {int(os.environ['FOKUSMAAL_THREADS'])}")
    connection.execute(f"set memory_limit = '{os.environ.get('FOKUSMAAL_MEMORY', '10GB')}'")
    connection.execute(f"set temp_directory = {quoted(scratch / 'spill')}")
    connection.execute(f"attach {quoted(db_path)} as warehouse")
    connection.execute(f"attach {quoted(delivery)} as delivery (read_only)")


def check_project(db_path: Path, project: Project) -> None:
    """Raises FullBuildNeeded when the warehouse was built of other models, seeds or settings, or has been loaded since."""
    try:
        with duckdb.connect() as connection:
            connection.execute(f"attach {quoted(db_path)} as warehouse (read_only)")
            built = dict(connection.execute("select name, fingerprint from warehouse.build.nodes").fetchall())
    except duckdb.CatalogException:
        raise FullBuildNeeded("the warehouse is not of one whole build") from None
    changed = sorted(name for name, wanted in project.fingerprints.items() if wanted != built.get(name))
    if changed:
        raise FullBuildNeeded(f"the project has changed since the warehouse was built: {', '.join(changed[:5])}")
