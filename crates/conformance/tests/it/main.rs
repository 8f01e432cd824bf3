//! The corpus passes, and what reads it says what is wrong to the line.

#[cfg(test)]
mod corpus;
#[cfg(test)]
mod naive;
