-- Rules: M-05, M-10, M-11, M-12.
-- The persons said to be counted in a column of a cell are as many as the cell publishes; of early effort, whose counts are
-- published as shares, the share is theirs.
{% set published = {
    'mart_conversations_monthly': [
        'persons_0', 'persons_1', 'persons_2', 'persons_3', 'persons_4', 'persons_5_plus', 'persons_measured',
        'persons_under_4', 'persons_exempt',
    ],
    'mart_offers_monthly': [
        'persons_measured', 'persons_with_offer', 'persons_hours_only', 'persons_without', 'persons_exempt',
    ],
} %}
with explained as (
    select
        table_name,
        area_type,
        area_code,
        measure_month,
        cell_benefit_group as benefit_group,
        cell_duration_interval as duration_interval,
        column_name,
        count(*) as persons
    from {{ ref('explain_cells') }}
    where is_counted
    group by table_name, area_type, area_code, measure_month, cell_benefit_group, cell_duration_interval, column_name
),

published as (
    {% for table, columns in published.items() %}
    {% for column in columns %}
    select
        '{{ table }}' as table_name,
        area_type,
        area_code,
        measure_month,
        benefit_group,
        duration_interval,
        '{{ column }}' as column_name,
        {{ column }} as persons
    from {{ ref(table) }}
    where {{ column }} > 0
    union all
    {% endfor %}
    {% endfor %}
    {% for measured, share in [
        ('persons_measured_conversations', 'share_under_4'), ('persons_measured_offers', 'share_with_offer'),
    ] %}
    select
        'mart_early_effort_monthly' as table_name,
        area_type,
        area_code,
        measure_month,
        benefit_group,
        'm06' as duration_interval,
        '{{ measured }}' as column_name,
        {{ measured }} as persons
    from {{ ref('mart_early_effort_monthly') }}
    where {{ measured }} > 0
    union all
    select
        'mart_early_effort_monthly' as table_name,
        area_type,
        area_code,
        measure_month,
        benefit_group,
        'm06' as duration_interval,
        '{{ share }}' as column_name,
        cast(round({{ share }} * {{ measured }}) as integer) as persons
    from {{ ref('mart_early_effort_monthly') }}
    where {{ share }} > 0
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

final as (
    select
        coalesce(explained.table_name, published.table_name) as table_name,
        coalesce(explained.area_code, published.area_code) as area_code,
        coalesce(explained.measure_month, published.measure_month) as measure_month,
        coalesce(explained.benefit_group, published.benefit_group) as benefit_group,
        coalesce(explained.duration_interval, published.duration_interval) as duration_interval,
        coalesce(explained.column_name, published.column_name) as column_name,
        explained.persons as explained_persons,
        published.persons as published_persons
    from explained
    full join published
        on
            explained.table_name = published.table_name
            and explained.area_type = published.area_type
            and explained.area_code = published.area_code
            and explained.measure_month = published.measure_month
            and explained.benefit_group = published.benefit_group
            and explained.duration_interval = published.duration_interval
            and explained.column_name = published.column_name
    where explained.persons is distinct from published.persons
)

select * from final
