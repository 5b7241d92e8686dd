-- Grain: version of the method x rule it changed. Rules: those in rule_id.
-- The measurement's own history, and which version this build measures by; the months are those of this build.
with measured_period as (
    select min(measure_month) as first_month, max(measure_month) as last_month
    from {{ ref('int_months') }}
),

touched_months as (
    select
        changes.version,
        changes.rule_id,
        greatest(changes.first_month, measured_period.first_month) as first_month,
        least(changes.last_month, measured_period.last_month) as last_month
    from {{ ref('method_changes') }} as changes
    inner join measured_period
        on
            changes.first_month <= measured_period.last_month
            and changes.last_month >= measured_period.first_month
),

final as (
    select
        history.version,
        history.version_order,
        history.published_on,
        history.title_da,
        history.title_en,
        changes.rule_id,
        changes.changes_figures,
        changes.change_da,
        changes.change_en,
        touched_months.first_month,
        touched_months.last_month,
        concat(changes.source_document, ': ', changes.source_section) as source,
        history.version_order <= {{ built_version_order() }} as is_in_force,
        history.version_order = {{ built_version_order() }} as is_built
    from {{ ref('method_history') }} as history
    inner join {{ ref('method_changes') }} as changes on history.version = changes.version
    left join touched_months on changes.version = touched_months.version and changes.rule_id = touched_months.rule_id
)

select * from final
