-- Which municipalities are within two percentage points of the conversation limit, on the latest measured month?
select
    area_code,
    avg_share_under_4,
    conversation_limit,
    is_conversation_goal_met
from {{ ref('mart_focus_goals_monthly') }}
where
    area_type = 'municipality'
    and measure_month = (select max(goals.measure_month) from {{ ref('mart_focus_goals_monthly') }} as goals)
    and abs(avg_share_under_4 - conversation_limit) < 0.02
order by avg_share_under_4
