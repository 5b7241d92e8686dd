-- Grain: topic. Rules: X-01.
-- What this build was made with; seeds and code are told by fingerprints of their files.
{%- set built_at = run_started_at.strftime('%Y-%m-%dT%H:%M:%SZ') %}
with persons as (
    select count(*) as persons from {{ ref('build_persons') }}
),

months as (
    select
        min(measure_month) as first_month,
        max(measure_month) as last_month
    from {{ ref('int_months') }}
),

method as (
    select max(version) as version
    from {{ ref('method_versions') }}
    where is_built
),

files as (
    select
        {{ files_fingerprint(['seeds/**/*.csv']) }} as seeds,
        {{ files_fingerprint(['macros/*.sql', 'models/**/*.sql']) }} as code
),

final (topic, setting_value) as (
    values
    ('built_at', '{{ built_at }}'),
    ('as_of_date', (select cast(as_of_date as varchar) from {{ ref('int_as_of') }})),
    ('first_month', (select cast(first_month as varchar) from months)),
    ('last_month', (select cast(last_month as varchar) from months)),
    ('method_version', (select version from method)),
    ('seeds', (select seeds from files)),
    ('code', (select code from files)),
    ('duckdb_version', version()),
    ('persons', (select cast(persons as varchar) from persons))
)

select * from final
