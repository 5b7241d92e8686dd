-- Rules: X-01; keys are hashes of natural keys, so two persons or two spells could meet in one.
-- A person has one key and a key one person; the same of spells.
with repeated_persons as ({{ test_unique_key(ref('int_persons'), ['person_key']) }}),

repeated_spells as ({{ test_unique_key(ref('int_spells'), ['spell_key']) }}),

final as (
    select 'int_persons' as keyed_table, person_key as repeated_key from repeated_persons
    union all
    select 'int_spells' as keyed_table, spell_key as repeated_key from repeated_spells
)

select * from final
