-- What differs in the country since the previous publication, and how many persons moved because of new data or new rules?
select
    source_table,
    measure_month,
    measure,
    previous_value,
    current_value,
    persons_new_data,
    persons_new_rules
from {{ ref('build_changes') }}
where area_type = 'country' and benefit_group = 'all' and duration_interval = '12_plus'
order by measure_month desc, source_table asc, measure asc
