-- Grain: topic. Rules: X-01.
-- What this build was made with beside what the previous publication was made with, and how far the two can be compared.
with settings as (
    select
        coalesce(latest.topic, earlier.topic) as topic,
        earlier.setting_value as previous_value,
        latest.setting_value as current_value
    from {{ ref('build_settings') }} as latest
    full outer join {{ previous('build_settings') }} as earlier on latest.topic = earlier.topic
),

final as (
    select
        settings.topic,
        settings.previous_value,
        settings.current_value,
        case
            when comparison.has_previous then coalesce(settings.previous_value, '') <> coalesce(settings.current_value, '')
        end as is_changed,
        comparison.note
    from settings
    cross join {{ ref('int_build_comparison') }} as comparison
)

select * from final
