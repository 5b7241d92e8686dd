-- Grain: person x measured month x group x published cell x column that counts them. Rules: M-04, M-05, M-10, M-11, M-12.
-- Summed over persons, the counted rows are the published counts. Where another group of the person counts in the cell
-- instead (M-05), the cell has one row without a column, naming that group.
{% set published = {
    'mart_conversations_monthly': {
        'persons_0': 'persons_0', 'persons_1': 'persons_1', 'persons_2': 'persons_2', 'persons_3': 'persons_3',
        'persons_4': 'persons_4', 'persons_5_plus': 'persons_5_plus', 'persons_measured': 'persons_measured_conversations',
        'persons_under_4': 'persons_under_required', 'persons_exempt': 'persons_exempt_conversations',
    },
    'mart_offers_monthly': {
        'persons_measured': 'persons_measured_offers', 'persons_with_offer': 'persons_with_offer',
        'persons_hours_only': 'persons_hours_only', 'persons_without': 'persons_without',
        'persons_exempt': 'persons_exempt_offers',
    },
    'mart_early_effort_monthly': {
        'persons_measured_conversations': 'persons_measured_conversations', 'share_under_4': 'persons_under_required',
        'persons_measured_offers': 'persons_measured_offers', 'share_with_offer': 'persons_with_offer',
    },
} %}
{% set conditions = cell_count_conditions() %}
with columns as (
    select
        cells.*,
        cells.counted_group = cells.benefit_group as is_counted,
        names.column_name,
        case
            when cells.counted_group <> cells.benefit_group then names.column_name is null
            {% for table, columns in published.items() %}
            {% for column, count in columns.items() %}
            when names.table_name = '{{ table }}' and names.column_name = '{{ column }}' then {{ conditions[count] }}
            {% endfor %}
            {% endfor %}
            else false
        end as is_shown
    from {{ ref('int_explained_cells') }} as cells
    inner join (
        values
        {% for table, columns in published.items() %}
        {% for column in columns %}
        ('{{ table }}', '{{ column }}'),
        {% endfor %}
        ('{{ table }}', null){{ ',' if not loop.last }}
        {% endfor %}
    ) as names (table_name, column_name) on cells.table_name = names.table_name
),

final as (
    select
        person_id,
        measure_month,
        benefit_group,
        table_name,
        area_type,
        area_code,
        cell_benefit_group,
        cell_duration_interval,
        column_name,
        is_counted,
        counted_group
    from columns
    where is_shown
)

select * from final
