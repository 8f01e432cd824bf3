//! Tests of the return case from outside: worked examples, decisions, and random histories.

#[cfg(test)]
mod claims;
mod clocks;
#[cfg(test)]
mod conserved;
#[cfg(test)]
mod credit;
#[cfg(test)]
mod credited;
#[cfg(test)]
mod decisions;
#[cfg(test)]
mod disputes;
#[cfg(test)]
mod endings;
#[cfg(test)]
mod exchanges;
#[cfg(test)]
mod histories;
#[cfg(test)]
mod money;
#[cfg(test)]
mod revisions;
#[cfg(test)]
mod settling;
#[cfg(test)]
mod shop;
#[cfg(test)]
mod splits;
#[cfg(test)]
mod support;
#[cfg(test)]
mod terms;
