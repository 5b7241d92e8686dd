-- Grain: spell x date of an admitted conversation that some month counts. Rules: C-03, C-10.
-- First and last measured month of the spell whose window holds the date; below twelve months the window also holds the
-- dates before spell start. A date has one admitted conversation.
with final as (
    select
        conversations.spell_key,
        conversations.start_date as conversation_date,
        min(months.measure_month) as counts_from_month,
        max(months.measure_month) as counts_to_month
    from {{ ref('int_counted_conversations') }} as conversations
    inner join {{ ref('int_measured_months') }} as months
        on
            conversations.spell_key = months.spell_key
            and conversations.start_date <= months.measurement_date
            and (conversations.start_date >= months.window_start_date or not months.is_12_plus)
    group by conversations.spell_key, conversations.start_date
)

select * from final
